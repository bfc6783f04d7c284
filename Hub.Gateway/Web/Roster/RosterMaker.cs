using Hub.Gateway.Roster;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Files;

namespace Hub.Gateway.Web.Roster;

/// <summary>Makes the roster's page.</summary>
public sealed class RosterMaker(RosterBook book, IPremises premises)
{
    private const int HandoversMax = 20;
    private const int DaysAhead = 7;

    public async Task<RosterView> MakeAsync(
        Frame frame, CancellationToken cancel, string? trouble = null, IReadOnlyList<Fault>? faults = null)
    {
        var (picture, duty) = (book.Picture, book.Duty);
        return new RosterView(
            picture with { Covers = [.. picture.Covers.Where(cover => cover.To > frame.Now)] },
            duty is null ? [] : OnDuty(duty, frame.Now),
            duty is null ? [] : Holes.Of(duty, premises.Current, frame.Now, DaysAhead),
            await book.HandoversAsync(HandoversMax, cancel), frame.Visitor?.Is(Roles.Commissioners) == true, trouble,
            faults ?? []);
    }

    private static List<OnDutyView> OnDuty(DutyTable duty, DateTimeOffset now)
    {
        return
        [
            .. duty.Sheet.Grids.Select(grid => Who(grid.Name, RosterRoles.Butler, [grid.Id])),
            .. RosterRoles.All.Where(role => !RosterRoles.HasGrid(role)).Select(role => Who("", role, [])),
        ];

        OnDutyView Who(string name, string role, IReadOnlyList<string> grids)
        {
            var called = duty.WhomIn(grids, role, now, isUrgent: false);
            return new OnDutyView(name, role, called.Role, called.People);
        }
    }
}
