namespace Hub.Rules.Alarms;

/// <summary>
/// The stable id of one alarm episode: rule, subject and onset (for a press, its own id). A replay gives the same id,
/// so nothing is raised twice. Written <c>rule|subject|onset</c>.
/// </summary>
public readonly record struct AlarmId(string Value)
{
    public override string ToString() => Value;
}
