using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Transport.Tests.Log;

/// <summary>The goal: on a real disk that is full, a row is refused and the log stays usable. It needs a small disk.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public void A_full_disk_refuses_rows_and_takes_them_again_when_there_is_room()
    {
        using var disk = new SmallDisk(4).OrSkip();
        var ballast = disk["ballast"];
        File.WriteAllBytes(ballast, new byte[2 << 20]);
        var kept = 0;
        using (var log = DurableLog.Open(disk["x.db"], new DurableLogOptions { CheckpointStepBytes = 200_000 }))
        {
            var full = Assert.Throws<LogFailedException>(() =>
            {
                for (; kept < 1_000; kept++)
                {
                    log.Append(Row(kept + 1));
                }
            });
            Assert.True(full.IsDiskFull, full.Message);
            Assert.Throws<LogFailedException>(() => log.Append(Row(kept + 1)));
            Assert.Null(log.Failure);
            Assert.Equal(kept, log.Read(LogPosition.Start, int.MaxValue).Count);

            File.Delete(ballast);
            for (var more = kept + 20; kept < more; kept++)
            {
                log.Append(Row(kept + 1));
            }
        }

        using var again = DurableLog.Open(disk["x.db"], new DurableLogOptions());

        Assert.False(again.Recovery.WasDamaged);
        var rows = again.Read(LogPosition.Start, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, kept).Select(i => (byte)i), rows.Select(row => row.Bytes.Span[0]));
        TestContext.Current.SendDiagnosticMessage($"{kept} rows kept, none lost");
    }

    private static byte[] Row(int number) => Enumerable.Repeat((byte)number, 10_000).ToArray();
}
