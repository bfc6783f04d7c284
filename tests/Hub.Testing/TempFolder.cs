namespace Hub.Testing;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("buildinghub-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>What is in it now: the disk of a machine that has lost its power at this moment.</summary>
    public TempFolder Copy()
    {
        var copy = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(Path))
        {
            File.Copy(file, copy[System.IO.Path.GetFileName(file)]);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
