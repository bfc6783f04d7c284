using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>
/// Who wants to know what the registers count: told of every step that the detectors are told of, as it is judged. No
/// part of the engine's state.
/// </summary>
public interface IMeterLog
{
    /// <summary>A register's value has been judged.</summary>
    void Count(Point point, long atTicks, double value, in RegisterAdvance advance);

    /// <summary>A value came too late to be judged; it still tells how a known sum was spread.</summary>
    void Late(Point point, long atTicks, double value);
}
