using Xunit;

namespace Hub.Testing;

public static class ManualTimeSteps
{
    private const int StepsMax = 5_000;

    /// <summary>
    /// Moves the time on step by step until the task is done. Between two steps the code under test gets the moment that
    /// it needs to set its next timer: that is the thread pool's time, and no clock says when it is over.
    /// </summary>
    public static async Task AdvanceUntilAsync(this ManualTime time, Task task, TimeSpan step)
    {
        for (var i = 0; i < StepsMax && !task.IsCompleted; i++)
        {
            time.Advance(step);
            await Task.WhenAny(task, Task.Delay(2));
        }

        Assert.True(task.IsCompleted, $"Not done after {StepsMax * step}.");
        await task;
    }
}
