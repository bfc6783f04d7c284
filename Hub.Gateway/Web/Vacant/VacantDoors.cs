using Hub.Gateway.Web.Guard;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Vacant;

/// <summary>The ledger of vacant units.</summary>
public static class VacantDoors
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Part<VacantPage>(routes, "/vacant");
        Part<VacantFragment>(routes, "/vacant/table");
    }

    private static void Part<TPage>(IEndpointRouteBuilder routes, string path)
        where TPage : Page<VacantView> =>
        routes.MapGet(path, async (
            HttpContext context, Frames frames, VacantMaker vacant, CancellationToken cancel) =>
        {
            var frame = frames.For(context, "vacant");
            return Answers.Page<TPage, VacantView>(frame, await vacant.MakeAsync(frame, cancel));
        }).For(Roles.Staff);
}
