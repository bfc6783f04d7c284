namespace Hub.Gateway.Series;

/// <summary>Where a stored chunk is in time; its id rises with the journal.</summary>
internal readonly record struct ChunkRef(long Id, long First, long Last, int Count = 0);
