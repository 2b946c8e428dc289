using SessionFunctions.Testing;
using SessionFunctions.Tests.OpenApi;
using SessionFunctions.Tests.Service;
using Sessions;
using Sessions.Table;

namespace SessionFunctions.Tests.Operate;

/// <summary>A token isn't called inactive only because nobody could find out.</summary>
public sealed class IntrospectTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_storage_is_not_there_it_is_not_known_whether_a_token_is_good(bool touch)
    {
        var table = new FailingTable();
        await using var api = await Api.StartAsync(Storage.Of(table));
        var holder = await api.BearerAsync();
        Assert.True(await IsActiveAsync(api, holder));
        table.Fault = () => new StorageUnavailableException("for the test");

        (await IntrospectAsync(api, holder, touch)).Is(503, "storage-unavailable");

        table.Fault = null;
        Assert.True(await IsActiveAsync(api, holder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_every_write_meets_another_one_it_is_not_known_either(bool touch)
    {
        var table = new ContendedTable(new MemoryTable());
        await using var api = await Api.StartAsync(Storage.Of(table));
        var rotated = await (await api.BearerAsync()).RotatedAsync();
        table.IsContended = true; // the first use of the new token has to be written down

        var answer = (await IntrospectAsync(api, rotated, touch)).Is(503, "busy");

        Assert.NotNull(answer.Header("Retry-After"));
        table.IsContended = false;
        Assert.True(await IsActiveAsync(api, rotated));
    }

    private static async Task<bool> IsActiveAsync(Api api, Holder holder) =>
        (await IntrospectAsync(api, holder, touch: false)).Is(200).Json.GetProperty("active").GetBoolean();

    private static Task<Answer> IntrospectAsync(Api api, Holder holder, bool touch) => new Backend(api).SendAsync(
        "POST", "manage/introspect", $$"""{"token":"{{holder.Token}}","touch":{{(touch ? "true" : "false")}}}""");

    /// <summary>A table in which somebody else is always quicker.</summary>
    private sealed class ContendedTable(ITable inner) : TableOver(inner)
    {
        public bool IsContended { get; set; }

        public override Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) =>
            IsContended ? Task.FromResult(BatchOutcome.Refused(0, RowConflict.Changed)) : base.SubmitAsync(batch, cancellation);
    }
}
