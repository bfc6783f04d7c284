namespace Hub.Edge.Kiosk;

/// <summary>
/// The parts of the page that change, as markup: rendered here only, put in place by the page's script.
/// </summary>
public sealed record KioskPieces(string Face, string Top, string Message, string Controls, string Bottom);
