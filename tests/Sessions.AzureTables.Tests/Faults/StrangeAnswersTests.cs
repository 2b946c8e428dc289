using Sessions.Table;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>
/// An answer that isn't the table service's own, or that says none of what the contract knows, is a service that can't be used now:
/// never a missing row, never a conflict, and never an exception that nobody above expects.
/// </summary>
public sealed class StrangeAnswersTests
{
    private const string Secret = "0a-somebody";
    private const string Page = $"<html><body>Sign in, {Secret}</body></html>";
    private const string Multipart = "multipart/mixed; boundary=batchresponse_1";

    /// <summary>Status, media type, body: what proxies, gateways, accounts being moved and broken connections have been seen to say.</summary>
    public static TheoryData<int, string, string> Strange => new()
    {
        { 200, "text/html", Page },
        { 200, "application/json", "" },
        { 200, "application/json", "{" },
        { 200, "application/json", "{}" },
        { 200, "application/json", "null" },
        { 200, "application/json", "[]" },
        { 200, "application/json", $$"""{"error":"{{Secret}}"}""" },
        { 200, "application/json", $$"""{"value":"{{Secret}}"}""" },
        { 200, "application/json", $$"""{"value":[{"PartitionKey":"ff","RowKey":"{{Secret}}"}]}""" },
        { 200, "application/json", $$"""{"PartitionKey":"0a","RowKey":"s:other","odata.etag":"W/\"1\""}""" },
        { 200, "application/json", """{"PartitionKey":"0a","RowKey":"s:a","odata.etag":"W/\"1\"","t@odata.type":"Edm.DateTime","t":"0a-somebody"}""" },
        { 200, "application/json", """{"PartitionKey":1,"RowKey":2,"odata.etag":3}""" },
        { 202, "text/html", Page },
        { 202, Multipart, "" },
        { 202, Multipart, Page },
        { 202, Multipart, "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n" },
        { 202, "multipart/mixed", Page },
        { 204, "text/html", "" },
        { 302, "text/html", Page },
        { 400, "text/html", Page },
        { 401, "text/html", Page },
        { 404, "text/html", Page },
        { 404, "application/json", "" },
        { 409, "text/html", Page },
        { 500, "text/html", Page },
        { 503, "", "" },
    };

    /// <summary>Status and code of errors in the service's own form that are no answer to the question.</summary>
    public static TheoryData<int, string?> Errors => new()
    {
        { 400, "InvalidInput" },
        { 400, "OutOfRangeInput" },
        { 403, "AuthenticationFailed" },
        { 404, null },
        { 404, "AccountNotFound" },
        { 409, null },
        { 409, "TableBeingDeleted" },
        { 409, "AccountBeingCreated" },
        { 410, "Gone" },
        { 412, "LeaseIdMissing" },
        { 413, "RequestBodyTooLarge" },
        { 429, "TooManyRequests" },
        { 500, "InternalError" },
        { 503, "ServerBusy" },
    };

    public static TheoryData<int, string?, RowConflict> Conflicts => new()
    {
        { 409, "EntityAlreadyExists", RowConflict.Exists },
        { 404, "ResourceNotFound", RowConflict.Missing },
        { 404, "EntityNotFound", RowConflict.Missing },
        { 412, "UpdateConditionNotSatisfied", RowConflict.Changed },
        { 412, "ConditionNotMet", RowConflict.Changed },
        { 412, null, RowConflict.Changed },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task A_strange_answer_is_storage_that_cannot_be_used(int status, string type, string body)
    {
        var table = ScriptedService.Answering(status, type, body).Table();

        await UnavailableAsync(FindAsync(table));
        await UnavailableAsync(RangeAsync(table));
        await UnavailableAsync(SubmitOneAsync(table));
        await UnavailableAsync(SubmitTwoAsync(table));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_that_is_no_answer_says_its_status_and_code(int status, string? code)
    {
        var single = new ScriptedService(_ => ScriptedService.Error(status, code)).Table();
        var batch = new ScriptedService(_ => ScriptedService.BatchError(status, code, 0)).Table();
        Task[] calls =
        [
            FindAsync(single), RangeAsync(single), SubmitOneAsync(single), DeleteAsync(single), SubmitTwoAsync(single), SubmitTwoAsync(batch),
        ];
        foreach (var call in calls)
        {
            Assert.Contains($"{status} {code}".TrimEnd(), (await UnavailableAsync(call)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Conflicts))]
    public async Task A_conflict_is_told_by_status_and_code_and_by_the_place_in_the_batch(int status, string? code, RowConflict conflict)
    {
        var batch = new ScriptedService(_ => ScriptedService.BatchError(status, code, 1)).Table();
        var outcome = await batch.SubmitAsync(Two(), default);

        Assert.Equal((conflict, code is null ? 0 : 1), (outcome.Conflict, outcome.Index));

        var single = new ScriptedService(_ => ScriptedService.Error(status, code)).Table();
        Assert.Equal(conflict, (await single.SubmitAsync(new RowBatch("0a").Insert("s:a", One), default)).Conflict);
        Assert.Equal(conflict, (await single.SubmitAsync(new RowBatch("0a").Delete("s:a"), default)).Conflict);
    }

    [Theory]
    [InlineData("ResourceNotFound")]
    [InlineData("EntityNotFound")]
    [InlineData("TableNotFound")]
    public async Task A_row_is_missing_only_where_the_service_says_so_by_its_code(string code) =>
        Assert.Null(await new ScriptedService(_ => ScriptedService.Error(404, code)).Table().FindAsync("0a", "s:a", default));

    [Fact]
    public async Task A_range_is_empty_where_the_service_says_so_by_a_list_or_there_is_no_table()
    {
        await RangeAsync(ScriptedService.Answering(200, "application/json", """{"value":[]}""").Table());
        await RangeAsync(new ScriptedService(_ => ScriptedService.Error(404, "TableNotFound")).Table());
    }

    [Fact]
    public async Task A_table_that_is_being_deleted_is_asked_for_once_and_not_written_to_again()
    {
        var service = new ScriptedService(request => request.RequestUri!.AbsolutePath.EndsWith("/Tables", StringComparison.Ordinal)
            ? ScriptedService.Error(409, "TableBeingDeleted")
            : ScriptedService.Error(404, "TableNotFound"));

        await UnavailableAsync(SubmitTwoAsync(service.Table()));

        Assert.Equal(2, service.Requests);
    }

    [Fact]
    public async Task A_batch_that_breaks_a_limit_is_our_own_mistake_and_not_the_services() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ScriptedService.Answering(204, "", "").Table().SubmitAsync(new RowBatch("0a"), default));

    [Fact]
    public async Task A_caller_that_gives_up_is_told_so_whatever_the_answer()
    {
        using var caller = new CancellationTokenSource();
        var table = new ScriptedService(_ =>
        {
            caller.Cancel();
            return ScriptedService.Error(409, "TableBeingDeleted");
        }).Table();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => table.FindAsync("0a", "s:a", caller.Token));
    }

    /// <summary>Fails unless the call ends as storage that can't be used, in words that show nothing of what the answer held.</summary>
    private static async Task<StorageUnavailableException> UnavailableAsync(Task call)
    {
        var thrown = await Assert.ThrowsAsync<StorageUnavailableException>(() => call);
        Assert.DoesNotContain("somebody", thrown.ToString(), StringComparison.Ordinal);
        return thrown;
    }

    private static async Task FindAsync(ITable table) => await table.FindAsync("0a", "s:a", default);

    private static async Task RangeAsync(ITable table)
    {
        await foreach (var page in table.RangeAsync(new RowRange("0a", "s:", "s;", []), default))
        {
            Assert.Empty(page);
        }
    }

    private static async Task SubmitOneAsync(ITable table) => await table.SubmitAsync(new RowBatch("0a").Insert("s:a", One), default);

    private static async Task DeleteAsync(ITable table) => await table.SubmitAsync(new RowBatch("0a").Delete("s:a"), default);

    private static async Task SubmitTwoAsync(ITable table) => await table.SubmitAsync(Two(), default);

    private static RowBatch Two() => new RowBatch("0a").Insert("s:a", One).Delete("s:b");

    private static Dictionary<string, object> One => new() { ["n"] = 1L };
}
