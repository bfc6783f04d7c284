namespace Hub.Rules.Conditions;

/// <summary>What tells that somebody is there.</summary>
public enum LifeKind : byte
{
    Water,
    Electricity,
    Door,
}
