namespace Azure.Data.Tables.Tests;

/// <summary>
/// Answers as the storage service documents them, which Azurite's differ from in details.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
public sealed class TransactionWireTests
{
    private const string Batch = "batchresponse_4c637ba4-b2f8-40f8-8856-c2d10d163a83";
    private const string ChangeSet = "changesetresponse_40895c26-0fe6-42d5-8c37-5ed6a3b5fee4";

    [Fact]
    public async Task The_parts_of_an_answer_are_told_apart()
    {
        var table = Answering(
            """
            --BATCH
            Content-Type: multipart/mixed; boundary=CHANGES

            --CHANGES
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            Content-ID: 1
            X-Content-Type-Options: nosniff
            Cache-Control: no-cache
            Preference-Applied: return-no-content
            DataServiceVersion: 3.0;
            Location: https://account.table.core.windows.net/table(PartitionKey='p',RowKey='1')
            ETag: W/"datetime'2026-01-30T18%3A44%3A09.5789464Z'"


            --CHANGES
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 204 No Content
            Content-ID: 2
            DataServiceVersion: 1.0;


            --CHANGES--
            --BATCH--
            """);

        var response = await SubmitAsync(table);

        Assert.Equal([204, 204], response.Value.Select(part => part.Status));
        Assert.Equal("No Content", response.Value[0].ReasonPhrase);
        Assert.Equal(new ETag("W/\"datetime'2026-01-30T18%3A44%3A09.5789464Z'\""), response.Value[0].Headers.ETag);
        Assert.Null(response.Value[1].Headers.ETag);
    }

    [Fact]
    public async Task A_failure_names_code_status_and_index()
    {
        var table = Answering(
            """
            --BATCH
            Content-Type: multipart/mixed; boundary=CHANGES

            --CHANGES
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 412 Precondition Failed
            Content-ID: 2
            X-Content-Type-Options: nosniff
            DataServiceVersion: 3.0;
            Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8

            {"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"lang":"en-US","value":"1:The update condition specified in the request was not satisfied.\nRequestId:f9ee5ff6-0002-0007-0f38-4fdb5a000000\nTime:2026-01-30T18:44:09.5789464Z"}}}
            --CHANGES--
            --BATCH--
            """);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => SubmitAsync(table));

        Assert.Equal(412, failure.Status);
        Assert.Equal("UpdateConditionNotSatisfied", failure.ErrorCode);
        Assert.Equal(1, failure.FailedTransactionActionIndex);
    }

    [Fact]
    public async Task A_transaction_refused_as_a_whole_is_a_failed_request()
    {
        var transport = new StubTransport(_ => new StubResponse(
            400,
            """{"odata.error":{"code":"InvalidInput","message":{"lang":"en-US","value":"One of the request inputs is not valid."}}}""",
            ("Content-Type", "application/json")));

        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(() => SubmitAsync(Over(transport)));

        Assert.Equal(400, failure.Status);
        Assert.Equal("InvalidInput", failure.ErrorCode);
    }

    private static TableClient Answering(string body)
    {
        var text = body
            .ReplaceLineEndings("\r\n")
            .Replace("BATCH", Batch, StringComparison.Ordinal)
            .Replace("CHANGES", ChangeSet, StringComparison.Ordinal);
        return Over(new StubTransport(_ => new StubResponse(202, text, ("Content-Type", $"multipart/mixed; boundary={Batch}"))));
    }

    private static TableClient Over(StubTransport transport) => new(
        new Uri("https://account.table.core.windows.net"),
        "table",
        new TableSharedKeyCredential("account", "a2V5"),
        new TableClientOptions { Transport = transport });

    private static Task<Response<IReadOnlyList<Response>>> SubmitAsync(TableClient table) => table.SubmitTransactionAsync(
    [
        new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "1")),
        new(TableTransactionActionType.Delete, new TableEntity("p", "2"), ETag.All),
    ]);
}
