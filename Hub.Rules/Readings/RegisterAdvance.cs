namespace Hub.Rules.Readings;

/// <summary>One step of a register.</summary>
/// <param name="Step">What happened.</param>
/// <param name="Delta">Consumed since <paramref name="FromTicks"/>; negative only when reversed; NaN where it is
/// unknown.</param>
/// <param name="FromTicks">The trusted reading it is counted from.</param>
/// <param name="Excess">How far a suspect, reset or jumped value is off.</param>
public readonly record struct RegisterAdvance(RegisterStep Step, double Delta, long FromTicks, double Excess = 0)
{
    /// <summary>Whether <see cref="Delta"/> is consumption that can be believed.</summary>
    public bool IsConsumption =>
        Step is RegisterStep.Advanced or RegisterStep.RolledOver or RegisterStep.BlipOver or RegisterStep.CaughtUp;
}
