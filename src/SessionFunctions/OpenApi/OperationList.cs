using System.Net;
using System.Text;
using System.Text.Json;

namespace SessionFunctions.OpenApi;

/// <summary>The document as plain HTML: each operation with what it does and what it answers.</summary>
internal static class OperationList
{
    private const string Reference = "$ref";

    public static string Render(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        var html = new StringBuilder();
        html.Append("<main class=\"plain\">\n<h1>").Append(Text(root.GetProperty("info"), "title")).Append("</h1>\n")
            .Append("<p>All of it, for tools: <a href=\"openapi.json\">openapi.json</a>. Addresses begin with <code>")
            .Append(Text(root.GetProperty("servers")[0], "url")).Append("</code>.</p>\n");
        foreach (var tag in root.GetProperty("tags").EnumerateArray())
        {
            html.Append("<h2>").Append(Text(tag, "name")).Append("</h2>\n").Append(Paragraph(tag));
            foreach (var (path, method, operation) in Operations(root))
            {
                if (operation.GetProperty("tags")[0].ValueEquals(tag.GetProperty("name").GetString()))
                {
                    Write(html, root, $"{method.ToUpperInvariant()} {path}", operation);
                }
            }
        }

        return html.Append("</main>\n").ToString();
    }

    private static void Write(StringBuilder html, JsonElement root, string title, JsonElement operation)
    {
        html.Append("<section>\n<h3>").Append(Encode(title)).Append("</h3>\n<p><strong>").Append(Text(operation, "summary")).Append("</strong></p>\n")
            .Append(Paragraph(operation)).Append("<ul>\n");
        foreach (var answer in operation.GetProperty("responses").EnumerateObject())
        {
            html.Append("<li>").Append(Encode(answer.Name)).Append(": ").Append(Text(Resolve(root, answer.Value), "description")).Append("</li>\n");
        }

        html.Append("</ul>\n</section>\n");
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement root) =>
        from path in root.GetProperty("paths").EnumerateObject()
        from member in path.Value.EnumerateObject()
        where member.Name is "get" or "put" or "post" or "patch" or "delete"
        select (path.Name, member.Name, member.Value);

    private static JsonElement Resolve(JsonElement root, JsonElement element)
    {
        if (!element.TryGetProperty(Reference, out var reference))
        {
            return element;
        }

        return reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name));
    }

    private static string Paragraph(JsonElement element) =>
        element.TryGetProperty("description", out _) ? $"<p>{Text(element, "description")}</p>\n" : "";

    /// <summary>Of Markdown, code is all that the descriptions need here.</summary>
    private static string Text(JsonElement element, string name)
    {
        var parts = Encode(element.GetProperty(name).GetString()!).Split('`');
        return string.Concat(parts.Select((part, i) => i % 2 == 1 ? $"<code>{part}</code>" : part));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
