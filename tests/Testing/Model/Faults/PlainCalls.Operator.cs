using Sessions;

namespace SessionFunctions.Testing.Model.Faults;

/// <content>What the operator asks for, and the timer.</content>
internal sealed partial class PlainCalls
{
    private PlainCall OperatorCounts()
    {
        var id = AnyId();
        var key = AnyKey(id);
        return new PlainCall(
            "operator counts",
            $"operator counts {Short(id)} by {key}",
            async (world, _) => Text(await world.Operator.ChangeDataAsync(Parsed(id), VersionCondition.None, CountUp, default, KeyOf(key))),
            model => model.OperatorChange(id, null, data => data.Counted("n"), key))
        {
            IsRepeatable = key is not null,
        };
    }

    private PlainCall OperatorPatchesClaims()
    {
        var (id, name) = (AnyId(), $"c{_chance.Next(3)}");
        var key = AnyKey(id);
        return new PlainCall(
            "operator patches claims",
            $"operator patches claims {Short(id)} {name} by {key}",
            async (world, _) => Text(await world.Operator.PatchClaimsAsync(
                Parsed(id), VersionCondition.None, SessionWorld.DataOf($$"""{"{{name}}":1}"""), default, KeyOf(key))),
            model => model.OperatorPatchesClaims(id, claims => claims.Patched(name, null, "1"), key))
        {
            IsRepeatable = key is not null,
        };
    }

    private PlainCall OperatorFinds()
    {
        var id = AnyId();
        return new PlainCall(
            "operator finds",
            $"operator finds {Short(id)}",
            async (world, _) => Text(await world.Operator.FindAsync(Parsed(id), default)),
            model => model.OperatorFinds(id));
    }

    private PlainCall MoveDeadlines()
    {
        var id = AnyId();
        int? expiresIn = _chance.Next(3) == 0 ? null : _chance.Next(1, 1300);
        int? endsIn = _chance.Next(3) > 0 ? null : _chance.Next(1, 20_000);
        return new PlainCall(
            "move deadlines",
            $"move deadlines {Short(id)} to {expiresIn} and {endsIn}",
            async (world, _) => Text(await world.Operator.MoveDeadlinesAsync(Parsed(id), Span(expiresIn), Span(endsIn), default)),
            model => model.MoveDeadlines(id, expiresIn, endsIn));

        static TimeSpan? Span(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
    }

    private PlainCall OperatorEnds()
    {
        var id = AnyId(leftOf20: 12);
        return new PlainCall(
            "operator ends",
            $"operator ends {Short(id)}",
            async (world, _) =>
            {
                await world.Operator.EndAsync(Parsed(id), default);
                return PlainService.Done;
            },
            model => model.OperatorEnds(id));
    }

    private static PlainCall EndEverything() => new(
        "end everything",
        "end everything",
        async (world, _) =>
        {
            await world.EndEverything.RunAsync(default);
            return PlainService.Done;
        },
        model => model.EndEverything());

    private static PlainCall CleanUp() => new(
        "clean up",
        "clean up",
        async (world, _) => $"{(await world.Cleanup.RunAsync(default)).Deleted}",
        model => $"{model.CleanUp()}")
    {
        IsCleanup = true,
    };
}
