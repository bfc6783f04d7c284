using Hub.Transport.Mqtt;

namespace Hub.Gateway.Access;

/// <summary>Whether a right reaches as far as what is asked for. Pure.</summary>
internal static class TopicPattern
{
    public static bool IsValid(string pattern) => TopicFilter.IsValid(pattern) && !TopicFilter.IsShared(pattern);

    /// <summary>
    /// Whether the pattern matches every topic that the filter matches, level by level; a filter with more wildcards
    /// than its right is refused, never narrowed. Both valid and not shared.
    /// </summary>
    public static bool Covers(string pattern, string filter)
    {
        // 4.7.2: no wildcard in the first place reaches $SYS and its like.
        if (filter.StartsWith('$') && pattern[0] is '+' or '#')
        {
            return false;
        }

        var (rights, wanted) = (pattern.Split('/'), filter.Split('/'));
        for (var i = 0; i < rights.Length; i++)
        {
            if (rights[i] == "#")
            {
                return true;
            }

            if (i == wanted.Length)
            {
                return false;
            }

            var isLevelCovered = rights[i] == "+" ? wanted[i] != "#" : rights[i] == wanted[i];
            if (!isLevelCovered)
            {
                return false;
            }
        }

        return rights.Length == wanted.Length;
    }
}
