using Hub.Edge.Kiosk;

namespace Hub.Edge.Tests.Kiosk;

public class LampPatternTests
{
    [Theory]
    [InlineData(KioskFace.Home, LampColours.White, LampRhythm.Steady)]
    [InlineData(KioskFace.Calling, LampColours.Amber, LampRhythm.Breathing)]
    [InlineData(KioskFace.AlreadyCalling, LampColours.Amber, LampRhythm.Breathing)]
    [InlineData(KioskFace.Acknowledged, LampColours.Amber | LampColours.Green, LampRhythm.Steady)]
    [InlineData(KioskFace.Late, LampColours.Amber | LampColours.Green, LampRhythm.Steady)]
    [InlineData(KioskFace.Arrived, LampColours.Green, LampRhythm.Steady)]
    [InlineData(KioskFace.Offline, LampColours.Amber, LampRhythm.DoubleBlink)]
    [InlineData(KioskFace.Error, LampColours.Red, LampRhythm.TripleBlink)]
    public void Each_face_has_its_lamp(KioskFace face, LampColours colours, LampRhythm rhythm) =>
        Assert.Equal(new LampPattern(colours, rhythm), LampPattern.Of(View(face)));

    [Fact]
    public void At_home_with_an_unsent_call_the_lamp_keeps_saying_so() =>
        Assert.Equal(LampRhythm.DoubleBlink, LampPattern.Of(View(KioskFace.Home) with { HasUnsent = true }).Rhythm);

    [Theory]
    [InlineData(LampRhythm.Steady, 0)]
    [InlineData(LampRhythm.Breathing, 1)]
    [InlineData(LampRhythm.DoubleBlink, 2)]
    [InlineData(LampRhythm.TripleBlink, 3)]
    public void Every_rhythm_begins_lit_repeats_and_flashes_no_more_than_three_times_a_second(LampRhythm rhythm,
        int flashesPerPeriod)
    {
        var pattern = new LampPattern(LampColours.Amber, rhythm);
        var lit = Enumerable.Range(0, 4_000)
            .Select(ms => pattern.LitAfter(TimeSpan.FromMilliseconds(ms)) != LampColours.None).ToArray();
        var falls = Enumerable.Range(1, 3_999).Where(ms => lit[ms - 1] && !lit[ms]).ToArray();

        Assert.True(lit[0]);
        Assert.Equal(lit[..2_000], lit[2_000..]);
        Assert.Equal(flashesPerPeriod * 2, falls.Length);
        Assert.All(Enumerable.Range(0, 3_000), start =>
            Assert.InRange(falls.Count(fall => fall >= start && fall < start + 1_000), 0, 3));
    }

    private static KioskView View(KioskFace face) => new(face, null, null, null, false, false, true);
}
