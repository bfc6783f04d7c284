namespace Hub.Gateway.Adapters;

/// <summary>What a property of a family is here.</summary>
/// <param name="Signal">The signal it becomes.</param>
/// <param name="Unit">The unit it comes in, as SenML writes it.</param>
/// <param name="IsNegated">True there is false here: zigbee2mqtt's <c>contact</c> is true for closed.</param>
public readonly record struct Meaning(string Signal, string Unit = "", bool IsNegated = false)
{
    public double Of(double sent) => IsNegated ? sent == 0 ? 1 : 0 : sent;
}
