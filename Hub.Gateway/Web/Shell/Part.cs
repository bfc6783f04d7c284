using Hub.Gateway.Words;
using Microsoft.AspNetCore.Components;

namespace Hub.Gateway.Web.Shell;

/// <summary>A piece of a page: it has the page's frame, its words and its times.</summary>
public abstract class Part : ComponentBase
{
    [CascadingParameter]
    public Frame Frame { get; set; } = default!;

    protected Texts T => Frame.T;

    protected Times Times => Frame.Times;
}
