using System.Text.Json;

namespace Sessions.Data.Patch;

/// <summary>
/// RFC 6902. A patch that isn't one is malformed; one that doesn't fit the data as it is, a failed test among them, is in conflict with
/// it; one that would make the data something it mustn't be, or takes more work than its length and the data's warrant, isn't allowed. In
/// each case nothing changes.
/// </summary>
/// <remarks>By hand: Microsoft's refuses what the RFC allows, the path of the whole document and a test of null among it.</remarks>
public sealed class JsonPatch
{
    public const int MaxOperations = 1000;

    /// <summary>The list and the operation around a value, which don't count for its depth.</summary>
    private const int Around = 2;

    private readonly PatchOperation[] _operations;
    private readonly int _bytes;

    private JsonPatch(PatchOperation[] operations, int bytes) => (_operations, _bytes) = (operations, bytes);

    public static Result<JsonPatch> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (JsonRules.Check(utf8.Span, Around) is { } refusal)
        {
            return refusal;
        }

        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = JsonRules.MaxDepth + Around + 1 });
        var list = document.RootElement.Clone(); // outlives the document, whose memory goes back to a pool
        if (list.ValueKind != JsonValueKind.Array)
        {
            return Refusal.Malformed("A JSON Patch is a list of operations.");
        }

        if (list.GetArrayLength() > MaxOperations)
        {
            return Refusal.NotAllowed($"A patch may have up to {MaxOperations} operations.");
        }

        var operations = new List<PatchOperation>();
        foreach (var element in list.EnumerateArray())
        {
            if (!PatchOperation.Parse(element).Succeeded(out var operation, out refusal))
            {
                return refusal with { Detail = $"Operation {operations.Count + 1} of the patch: {refusal.Detail}" };
            }

            operations.Add(operation);
        }

        return new JsonPatch([.. operations], utf8.Length);
    }

    public Result<SessionData> Apply(SessionData data)
    {
        var work = new PatchWork(_bytes + data.Size);
        var tree = new PatchedTree(data.ToObject(), work);
        for (var i = 0; i < _operations.Length; i++)
        {
            if ((Apply(_operations[i], tree) ?? work.Exceeded) is { } refusal)
            {
                return refusal with { Detail = $"Operation {i + 1} of the patch ({_operations[i].Name}): {refusal.Detail}" };
            }
        }

        return SessionData.From(tree.Root);
    }

    private static Refusal? Apply(PatchOperation operation, PatchedTree tree) => operation.Name switch
    {
        "add" => tree.Add(operation.Path, operation.NewValue(), operation.Depth),
        "remove" => tree.Remove(operation.Path),
        "replace" => tree.Replace(operation.Path, operation.NewValue(), operation.Depth),
        "move" => tree.Move(operation.From!, operation.Path),
        "copy" => tree.Copy(operation.From!, operation.Path),
        _ => tree.Test(operation.Path, operation.NewValue()),
    };
}
