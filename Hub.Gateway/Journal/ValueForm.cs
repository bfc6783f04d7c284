namespace Hub.Gateway.Journal;

/// <summary>How a reading's value is written: the shortest form that gives back the same bits.</summary>
internal enum ValueForm
{
    Double = 0,
    Whole = 1,
    Single = 2,
}
