using Hub.Gateway.Reports;

namespace Hub.Gateway.Web.Reports;

/// <summary>One month's report.</summary>
/// <param name="Month">Like 2026-11.</param>
/// <param name="Report">What it says.</param>
public sealed record ReportsView(string Month, Report Report);
