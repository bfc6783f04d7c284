using Hub.Gateway.Fleet;

namespace Hub.Gateway.Tests.Fleet;

public class PaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Knows_nothing_before_it_has_seen_five_steps() =>
        Assert.Null(After(0, 60, 120, 180, 240).Every);

    [Fact]
    public void One_pause_does_not_change_what_is_usual() =>
        Assert.Equal(TimeSpan.FromSeconds(60), After(0, 60, 120, 180, 240, 300, 3_900).Every);

    [Fact]
    public void A_new_habit_is_learnt() =>
        Assert.Equal(TimeSpan.FromSeconds(10), After(0, 60, 120, 180, 240, 300, 310, 320, 330).Every);

    [Fact]
    public void Late_and_equal_times_say_nothing() =>
        Assert.Equal(TimeSpan.FromSeconds(60), After(0, 60, 30, 60, 120, 180, 240, 300, 300, 299).Every);

    [Fact]
    public void Comes_back_from_a_checkpoint_as_it_was()
    {
        using var saved = new MemoryStream();
        After(0, 60, 120, 180, 240, 300, 360).Save(new BinaryWriter(saved));
        saved.Position = 0;

        var pace = Pace.Load(new BinaryReader(saved));

        Assert.Equal(TimeSpan.FromSeconds(60), pace.Every);
        Assert.Equal(Start.AddSeconds(360).UtcTicks, pace.LastAtTicks);
    }

    private static Pace After(params int[] seconds)
    {
        var pace = new Pace();
        foreach (var second in seconds)
        {
            pace.Take(Start.AddSeconds(second).UtcTicks);
        }

        return pace;
    }
}
