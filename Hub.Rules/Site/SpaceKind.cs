namespace Hub.Rules.Site;

/// <summary>What a device can belong to.</summary>
public enum SpaceKind
{
    /// <summary>One dwelling (户).</summary>
    Unit,

    /// <summary>The foyer of one entrance, with its butler desk and kiosks.</summary>
    Lobby,

    /// <summary>Shared plant or room: pump house, lift, corridor, meter room (公共设施).</summary>
    Facility,
}
