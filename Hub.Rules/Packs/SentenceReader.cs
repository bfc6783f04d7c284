using Hub.Rules.Alarms;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>
/// A rule's own sentence, in all of the hub's languages or not at all: whoever reads another one must not be left with
/// nothing. Its places are those of the detector's own sentences.
/// </summary>
internal static class SentenceReader
{
    public static IReadOnlyDictionary<string, string>? Read(MapReader? map, string detector)
    {
        if (map is null)
        {
            return null;
        }

        var sentences = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in SiteInfo.Languages)
        {
            if (map.Text(language) is not { } sentence)
            {
                map.Refuse(
                    language, "a rule's own sentence is said in all five languages", "write it, or remove 'says'");
                continue;
            }

            sentences.Add(language, sentence);
            var places = Explanations.PlacesFor(detector);
            foreach (var place in Explanations.PlacesOf(sentence).Where(place => !places.Contains(place)))
            {
                map.Refuse(
                    language, $"there is nothing to put in {{{place}}}; known are {string.Join(", ", places)}",
                    Resemblance.DidYouMean(place, places));
            }
        }

        map.Done();
        return sentences;
    }
}
