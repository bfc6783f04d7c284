using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hub.Rules.Files;

/// <summary>
/// YAML to <see cref="Written"/>, from the parser's events rather than its representation model: that model throws at
/// the first doubled key, follows aliases (a few lines can stand for millions of nodes), recurses as deep as it says.
/// </summary>
public static class YamlText
{
    /// <summary>A site of 20,000 points is about 2 MB.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    public const int DepthMax = 12;

    public const int NodesMax = 500_000;

    /// <summary>The file's one document; null and a fault if it can't be read at all.</summary>
    public static Written? Read(string text, FaultList faults)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > BytesMax)
        {
            faults.Add(0, "", "", $"the file has {bytes:N0} bytes; it may have at most {BytesMax:N0}", "split it");
            return null;
        }

        var parser = new Parser(new StringReader(text.TrimStart('\uFEFF')));
        try
        {
            return new Builder(parser, faults).Document();
        }
        catch (YamlException e)
        {
            Unreadable(text, (int)e.Start.Line, e.Message, faults);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3's scanner throws this, without a place, for "b: [1, 2" followed by "c: 3".
            Unreadable(text, (int)(parser.Current?.End.Line ?? 1), "a bracket or a quote is not closed", faults);
        }

        return null;
    }

    private static void Unreadable(string text, int line, string why, FaultList faults)
    {
        const string Tab = "indent with spaces: YAML knows no tabs";
        const string Look = "look here and a line above: brackets, quotes, a space after ':', the indentation";
        var lines = text.TrimEnd().Split('\n');

        // A tab in the indentation is often blamed on the line above it.
        var tab = Enumerable.Range(line, 3).FirstOrDefault(i => i <= lines.Length && HasTab(lines[i - 1]));
        var limit = $"this is not YAML ({why.TrimEnd('.')})";
        faults.Add(tab > 0 ? tab : Math.Min(line, lines.Length), "", "", limit, tab > 0 ? Tab : Look);
    }

    private static bool HasTab(string line) => line.AsSpan(0, line.Length - line.TrimStart().Length).Contains('\t');

    private sealed class Builder(Parser parser, FaultList faults)
    {
        private int _nodes;

        public Written? Document()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return new Written.Map(1, []);
            }

            parser.Consume<DocumentStart>();
            var root = Node(0);
            if (root is null)
            {
                return null;
            }

            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                var line = (int)second.Start.Line;
                faults.Add(line, "", "", "a second document begins here; a file holds one", "remove the '---'");
            }

            return root is Written.Scalar { Text: "" } ? new Written.Map(root.Line, []) : root;
        }

        // Recursion is as deep as DepthMax and no deeper. Null: stop, a fault is noted.
        private Written? Node(int depth)
        {
            var start = (int)parser.Current!.Start.Line;
            if (++_nodes > NodesMax)
            {
                faults.Add(start, "", "", $"the file has more than {NodesMax:N0} values", "split it");
                return null;
            }

            if (depth > DepthMax)
            {
                faults.Add(start, "", "", $"lists and maps may be nested {DepthMax} deep", "look for a stray bracket");
                return null;
            }

            return parser.Current switch
            {
                AnchorAlias alias => Alias(alias),
                MappingStart => Map(start, depth),
                SequenceStart => List(start, depth),
                _ => Scalar(parser.Consume<Scalar>()),
            };
        }

        private Written.Scalar Alias(AnchorAlias alias)
        {
            parser.Consume<AnchorAlias>();
            var line = (int)alias.Start.Line;
            faults.Add(
                line, "", "", $"'*{alias.Value}' is an alias, which is not read here",
                $"write it out; if the '*' is meant, quote it: \"*{alias.Value}\"");
            return new Written.Scalar(line, "");
        }

        private static Written.Scalar Scalar(Scalar scalar)
        {
            var isNull = scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null";
            return new Written.Scalar((int)scalar.Start.Line, isNull ? "" : scalar.Value.Trim());
        }

        private Written.List? List(int line, int depth)
        {
            List<Written> items = [];
            parser.Consume<SequenceStart>();
            while (!parser.Accept<SequenceEnd>(out _))
            {
                if (Node(depth + 1) is not { } item)
                {
                    return null;
                }

                items.Add(item);
            }

            parser.Consume<SequenceEnd>();
            return new Written.List(line, items);
        }

        private Written.Map? Map(int line, int depth)
        {
            List<(string, int, Written)> entries = [];
            parser.Consume<MappingStart>();
            while (!parser.Accept<MappingEnd>(out _))
            {
                if (Node(depth + 1) is not { } key || Node(depth + 1) is not { } value)
                {
                    return null;
                }

                entries.Add((key.Summary(), key.Line, value));
            }

            parser.Consume<MappingEnd>();
            return new Written.Map(line, entries);
        }
    }
}
