namespace Hub.Transport.Messages;

/// <summary>Where a text lies in its reader; <see cref="SenMlReader.Text"/> gives the bytes.</summary>
public readonly record struct SenMlSlice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}
