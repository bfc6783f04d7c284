using Hub.Gateway.Words;
using Microsoft.AspNetCore.Components;

namespace Hub.Gateway.Web.Shell;

/// <summary>A whole page, or a fragment that a page fetches again: made from its frame and its view, nothing
/// else.</summary>
public abstract class Page<TView> : ComponentBase
{
    [Parameter]
    [EditorRequired]
    public Frame Frame { get; set; } = default!;

    [Parameter]
    [EditorRequired]
    public TView View { get; set; } = default!;

    protected Texts T => Frame.T;

    protected Times Times => Frame.Times;
}
