namespace Hub.Edge.Pins;

/// <summary>A chip or line that can't be had: the message names chip, line, consumer and the cure.</summary>
public sealed class GpioException : Exception
{
    public GpioException(string message)
        : base(message)
    {
    }

    public GpioException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public GpioException()
    {
    }
}
