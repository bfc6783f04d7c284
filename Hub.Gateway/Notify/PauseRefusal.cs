namespace Hub.Gateway.Notify;

/// <summary>Why a channel was not paused; the <c>pause-refusal</c> words say it to people.</summary>
public enum PauseRefusal
{
    None,
    NoChannel,

    /// <summary>Many read it.</summary>
    Shared,

    /// <summary>It is somebody else's, and whoever asks is no chief.</summary>
    NotYours,

    /// <summary>The end is missing, over already, or too far ahead.</summary>
    WrongTime,
}
