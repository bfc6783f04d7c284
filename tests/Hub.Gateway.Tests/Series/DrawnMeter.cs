using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

/// <summary>
/// A water meter drawn at random: it rests and runs, shows a blip now and then, is exchanged, sends some readings late
/// and some instants twice with different values.
/// </summary>
internal sealed class DrawnMeter(Random random, int secondsBetween)
{
    private readonly List<Sample> _late = [];
    private long _at = Some.Morning.UtcTicks;
    private int _litres = 48_000;

    public IEnumerable<Sample> Next(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _at += random.Next(1, 2 * secondsBetween) * TimeSpan.TicksPerSecond;
            _litres = random.Next(400) == 0 ? 0 : _litres + (random.Next(3) == 0 ? random.Next(5) : 0);
            var sample = new Sample(_at, (random.Next(200) == 0 ? 0 : _litres) / 1000.0);
            if (random.Next(20) == 0)
            {
                _late.Add(sample);
            }
            else
            {
                yield return sample;
            }

            if (random.Next(50) == 0)
            {
                yield return sample with { Value = sample.Value + 0.001 };
            }
        }

        if (random.Next(2) == 0)
        {
            foreach (var late in _late)
            {
                yield return late;
            }

            _late.Clear();
        }
    }
}
