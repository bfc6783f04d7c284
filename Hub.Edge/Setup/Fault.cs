namespace Hub.Edge.Setup;

/// <summary>One thing wrong in a configuration: where, what it says, what is possible, and what to do.</summary>
public sealed record Fault(string File, int Line, string Field, string Value, string Limit, string Cure)
{
    public override string ToString() =>
        $"{File}:{Line}: {Field} = '{Value}': {Limit}. {Cure}";
}
