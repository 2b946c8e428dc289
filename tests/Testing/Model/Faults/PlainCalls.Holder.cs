using System.Text;
using Sessions;
using Sessions.Create;
using Sessions.Data;

namespace SessionFunctions.Testing.Model.Faults;

/// <content>What holders ask for.</content>
internal sealed partial class PlainCalls
{
    private PlainCall Create()
    {
        var user = _chance.Next(5) < 2 ? AnyUser() : null;
        var persistent = _chance.Next(8) == 0;
        var (maxIdle, maxLifetime) = PlainService.Profile(persistent);
        var idle = _chance.Next(6) == 0 ? _chance.Next(30, 600) * 1000L : maxIdle;
        var lifetime = _chance.Next(6) == 0 ? Math.Max(idle, _chance.Next(60, 1200) * 1000L) : maxLifetime;
        var data = _chance.Next(3) == 0 ? ModelData.With("made", $"\"{new string('d', _chance.Next(450))}\"") : new ModelData();
        var wanted = PlainSession.Begun("none", "none", _now, _now, idle, lifetime) with { Persistent = persistent, Data = data };
        return new PlainCall(
            "create",
            $"create for {user ?? "nobody"}, idle {idle}, lifetime {lifetime}",
            async (world, facts) => Issued(
                await world.Creation.CreateAsync(
                    new NewSession
                    {
                        User = user is null ? null : SessionWorld.Named(user),
                        Persistent = persistent,
                        IdleTimeout = TimeSpan.FromMilliseconds(idle),
                        Lifetime = TimeSpan.FromMilliseconds(lifetime),
                        Data = SessionWorld.DataOf(data.ToString()),
                    },
                    default),
                facts),
            model => model.Create(wanted, user));
    }

    private PlainCall Read()
    {
        var (token, slide) = (AnyToken(), _chance.Next(3) > 0);
        return new PlainCall(
            "read",
            $"read {Short(token)}{(slide ? "" : " without sliding")}",
            async (world, _) => Text(await world.Holder.ReadAsync(Token(token), slide, default)),
            model => model.Read(token, slide));
    }

    private PlainCall Touch()
    {
        var token = AnyToken();
        return new PlainCall(
            "touch",
            $"touch {Short(token)}",
            async (world, _) => Text(await world.Holder.TouchAsync(Token(token), default)),
            model => model.Touch(token));
    }

    private PlainCall Rotate()
    {
        var token = AnyToken();
        return new PlainCall(
            "rotate",
            $"rotate {Short(token)}",
            async (world, facts) => Issued(await world.Holder.RotateAsync(Token(token), default), facts),
            model => model.Rotate(token));
    }

    private PlainCall LogOut()
    {
        var token = AnyToken(leftOf20: 12);
        return new PlainCall(
            "log out",
            $"log out {Short(token)}",
            async (world, _) => (await world.Holder.EndAsync(Token(token), default)).ToString(),
            model => model.LogOut(token));
    }

    private PlainCall Patch()
    {
        var token = AnyToken();
        var (name, inner) = ($"{"abcd"[_chance.Next(4)]}", _chance.Next(2) == 0 ? $"{"abcd"[_chance.Next(4)]}" : null);
        var value = _chance.Next(5) switch { 0 => null, 1 => $"\"{new string('v', _chance.Next(150))}\"", _ => $"{_chance.Next(-1000, 1000)}" };
        return Change(
            "patch",
            token,
            $"{{\"{name}\":{(inner is null ? value ?? "null" : $"{{\"{inner}\":{value ?? "null"}}}")}}}",
            data => data.Patched(name, inner, value));
    }

    private PlainCall Change(string kind, string token, string json, Func<ModelData, ModelData> change)
    {
        var (id, sent) = (token.Split('.')[0], SessionWorld.DataOf(json));
        long? version = _chance.Next(6) switch { 0 => _world.Find(id)?.Version, 1 => (_world.Find(id)?.Version ?? 1) - 1, _ => null };
        var key = AnyKey(id);
        return new PlainCall(
            kind,
            $"{kind} {Short(token)} {json} if {version} by {key}",
            async (world, _) => Text(await world.Data.ChangeAsync(
                Token(token), Condition(version), data => MergePatch.Apply(data, sent), default, KeyOf(key))),
            model => model.Change(token, version, change, key))
        {
            IsRepeatable = key is not null,
        };
    }

    private PlainCall Count()
    {
        var token = AnyToken();
        var key = AnyKey(token.Split('.')[0]);
        return new PlainCall(
            "count",
            $"count {Short(token)} by {key}",
            async (world, _) => Text(await world.Data.ChangeAsync(Token(token), VersionCondition.None, CountUp, default, KeyOf(key))),
            model => model.Change(token, null, data => data.Counted("n"), key))
        {
            IsRepeatable = key is not null,
        };
    }

    /// <summary>So often that what was written before is forgotten.</summary>
    private PlainCall CountManyTimes()
    {
        var token = AnyToken();
        return new PlainCall(
            "count many times",
            $"count {Many} times {Short(token)}",
            async (world, _) =>
            {
                var answer = "";
                for (var n = 0; n < Many; n++)
                {
                    answer = Text(await world.Data.ChangeAsync(Token(token), VersionCondition.None, CountUp, default));
                }

                return answer;
            },
            model => Enumerable.Range(0, Many).Select(_ => model.Change(token, null, data => data.Counted("n"), key: null)).ToList()[^1])
        {
            IsCalm = true,
        };
    }

    private static Result<SessionData> CountUp(SessionData data) => Increment.One.Apply(data, SessionWorld.Value(DataKey.Parse("n")));

    private static VersionCondition Condition(long? version) => version is { } one ? VersionCondition.OneOf([one]) : VersionCondition.None;

    private static IdempotencyKey? KeyOf(string? key) => key is null ? null : IdempotencyKey.Of(key);

    private static string Issued(Result<IssuedSession> result, Facts facts)
    {
        if (!result.Succeeded(out var issued, out var refusal))
        {
            return Text(refusal);
        }

        facts.Token = issued.Token.Reveal();
        return PlainSession.Describe(issued.Session);
    }

    private static string Text(Result<Session> result) => result.Succeeded(out var session, out var refusal) ? PlainSession.Describe(session) : Text(refusal);

    private static string Text(Refusal refusal) => $"refused {refusal.Kind}";

    /// <summary>Enough of an id or a token to tell it from others.</summary>
    private static string Short(string text) => text.Contains('.', StringComparison.Ordinal) ? $"{text[2..8]}.{text.Split('.')[1][..4]}" : text[2..8];

    private static SecretHash Hash(string text) => SecretHash.Of(Encoding.UTF8.GetBytes(text));
}
