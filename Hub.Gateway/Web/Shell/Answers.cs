using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Gateway.Web.Shell;

/// <summary>Pages as answers.</summary>
public static class Answers
{
    public static IResult Page<TPage, TView>(Frame frame, TView view, int status = StatusCodes.Status200OK)
        where TPage : Page<TView> =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["View"] = view })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
