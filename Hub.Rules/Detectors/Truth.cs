namespace Hub.Rules.Detectors;

public enum Truth : byte
{
    /// <summary>Nothing can be said: a gap, a suspect value, too little seen. The alarm holds as it is.</summary>
    Unknown,
    False,
    True,
}
