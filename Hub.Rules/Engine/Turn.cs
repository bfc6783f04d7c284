namespace Hub.Rules.Engine;

/// <summary>
/// Whose turn it is, and when: by time, then by number, so that one order is everybody's order, whatever came first.
/// </summary>
internal readonly record struct Turn(long At, int Number) : IComparable<Turn>
{
    public int CompareTo(Turn other) => At != other.At ? At.CompareTo(other.At) : Number.CompareTo(other.Number);
}
