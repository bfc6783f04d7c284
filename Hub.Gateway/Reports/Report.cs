namespace Hub.Gateway.Reports;

/// <summary>One report over one span of time.</summary>
/// <param name="Name">One of <see cref="ReportBook.Names"/>.</param>
/// <param name="From">Its first instant.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Tables">What it says.</param>
public sealed record Report(string Name, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReportTable> Tables);
