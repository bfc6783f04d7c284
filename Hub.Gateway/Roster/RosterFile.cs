namespace Hub.Gateway.Roster;

/// <summary>One table of a roster as it was handed in.</summary>
/// <param name="Name">The file's name, for its faults.</param>
/// <param name="Text">All of it.</param>
public sealed record RosterFile(string Name, string Text);
