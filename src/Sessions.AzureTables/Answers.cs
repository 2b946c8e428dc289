using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>
/// Answers, held to what was asked. A proxy's page or a body of some other service can look like an empty list or a row of nothing to the
/// client; taken for an answer it would sign people out, or say that a user has no sessions.
/// </summary>
internal static class Answers
{
    public static Row? Row(NullableResponse<TableEntity> answer, string partition, string key)
    {
        if (!answer.HasValue)
        {
            var missing = new RequestFailedException(answer.GetRawResponse());
            return Failures.IsTableMissing(missing) || Failures.ConflictOf(missing) == RowConflict.Missing
                ? null
                : throw Failures.Answered(missing);
        }

        var row = Entities.ToRow(answer.Value!);
        Require(row.Partition == partition && row.Key == key && row.ETag.Length > 0);
        return row;
    }

    public static IReadOnlyList<Row> Rows(Page<TableEntity> page, RowRange range)
    {
        var rows = page.Values.Select(Entities.ToRow).ToArray();
        Require(rows.Length > 0 || HasList(page.GetRawResponse()));
        Require(rows.All(row => row.Partition == range.Partition
            && string.CompareOrdinal(row.Key, range.From) >= 0
            && string.CompareOrdinal(row.Key, range.To) < 0));
        return rows;
    }

    public static BatchOutcome Applied(IReadOnlyList<Response> answers, RowBatch batch)
    {
        Require(answers.Count == batch.Operations.Count);
        Require(answers.Zip(batch.Operations).All(each => IsApplied(each.First, each.Second)));
        return BatchOutcome.Applied([.. answers.Select(answer => answer.Headers.ETag?.ToString())]);
    }

    private static bool IsApplied(Response answer, RowOperation operation) =>
        answer.Status is 201 or 204 && (operation.Action == RowAction.Delete || answer.Headers.ETag is not null);

    /// <summary>The client reads a body without a list as a list without rows.</summary>
    private static bool HasList(Response answer)
    {
        using var body = JsonDocument.Parse(answer.Content);
        return body.RootElement.TryGetProperty("value", out var list) && list.ValueKind == JsonValueKind.Array;
    }

    private static void Require(bool held)
    {
        if (!held)
        {
            throw new StorageUnavailableException("The table service's answer doesn't fit what it was asked.");
        }
    }
}
