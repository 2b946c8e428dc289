using System.Globalization;
using System.Text.Json;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>One connection that sends one call after the other, and keeps account of its own sessions.</summary>
internal sealed class FuzzLane : IDisposable
{
    private const int MostFailures = 5;

    private readonly int _seed;
    private readonly int _number;
    private readonly FuzzHost _host;
    private readonly FuzzMaker _maker;
    private readonly FuzzConnection _connection;
    private int _index;

    public FuzzLane(int seed, int number, FuzzHost host)
    {
        (_seed, _number, _host) = (seed, number, host);
        var random = new Random(unchecked((seed * 1009) + number));
        var text = new FuzzText(random);
        Memory = new FuzzMemory(number, text);
        _maker = new FuzzMaker(random, text, Memory);
        _connection = new FuzzConnection(host.Address);
    }

    public FuzzMemory Memory { get; }

    public FuzzSecrets Secrets { get; } = new();

    public List<string> Failures { get; } = [];

    /// <summary>How often each route gave each status.</summary>
    public Dictionary<(FuzzRoute? Route, int Status), int> Seen { get; } = [];

    public async Task RunAsync(int calls, IReadOnlyList<string> strangersTokens)
    {
        for (var i = 0; i < calls && Failures.Count < MostFailures; i++, _index++)
        {
            var call = _maker.Next(strangersTokens);
            var answer = await SendAsync(call);
            foreach (var fault in FuzzRules.Broken(call, answer).Concat(answer is null ? [] : Learn(call, answer)))
            {
                Failures.Add($"seed {_seed}, lane {_number}, call {_index}: {fault}\n  {call}");
            }

            if (answer is not null)
            {
                Seen[(call.Route, answer.Status)] = Seen.GetValueOrDefault((call.Route, answer.Status)) + 1;
            }
        }
    }

    public Task<FuzzAnswer?> SendAsync(FuzzCall call) => _connection.SendAsync(call.ToBytes(), hasNoBody: call.Method == "HEAD");

    /// <summary>Reads each session that must live, and each that must not. Gives the faults.</summary>
    public async Task<IReadOnlyList<string>> AuditAsync()
    {
        var faults = new List<string>();
        foreach (var session in Memory.Sessions)
        {
            var live = session.IsSurelyLive(_host.Clock.GetUtcNow());
            if (live || session.State == FuzzState.Ended)
            {
                var call = new FuzzCall("GET", "/api/sessions/current?touch=false") { Headers = [("Authorization", $"Bearer {session.Token}")] };
                var answer = await SendAsync(call);
                if (answer?.Status != (live ? 200 : 401))
                {
                    faults.Add($"seed {_seed}, lane {_number}: {session.Sid} answers {answer?.Status}, and is {session.State} until {session.Expires:O}");
                }
            }
        }

        return faults;
    }

    public void Dispose() => _connection.Dispose();

    private List<string> Learn(FuzzCall call, FuzzAnswer answer)
    {
        var faults = new List<string>();
        // An old token may count as a replay, and an odd address may lead somewhere.
        if ((call.Misused ?? (call.Route is null ? call.Holder : null)) is { State: FuzzState.Live } risked)
        {
            risked.State = FuzzState.Unsure;
        }

        if (call is { Holder: { } holder, Route.IsHolders: true })
        {
            if (answer.Status == 401 && holder.IsSurelyLive(_host.Clock.GetUtcNow()) && call.Headers.Count(header => header.Name is "Authorization" or "Cookie" or "Session-Token") == 1)
            {
                faults.Add($"401 for {holder.Sid}, which lives until {holder.Expires:O}");
            }

            if (answer.Status < 300 && holder.State == FuzzState.Ended && !call.Route.IsLogOut)
            {
                faults.Add($"{answer.Status} for {holder.Sid}, which has ended");
            }
        }

        var issued = answer.Token;
        if (Leak(answer, issued) is { } leak)
        {
            faults.Add(leak);
        }

        FuzzLessons.Ended(call, answer, Memory);
        if (issued is not null)
        {
            Secrets.Add(issued);
            if (!call.IsStrangers)
            {
                Remember(answer, issued);
            }
        }
        else if (answer.Status == 201 && answer.TextOf("ticket") is { } ticket)
        {
            Secrets.Add(ticket);
            Memory.AddTicket(call.Sid!, ticket);
        }

        if ((answer.TextOf("sid") is { } sid ? Memory.Find(sid) : null) is { } seen && answer.TextOf("expiresAt") is { } expires)
        {
            seen.Expires = DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture);
        }

        return faults;
    }

    /// <summary>A token or a ticket where none is issued.</summary>
    private string? Leak(FuzzAnswer answer, string? issued)
    {
        var byCookie = issued is not null && answer.TextOf("token") is null;
        var issues = (issued is not null && !byCookie) || answer.TextOf("ticket") is not null;
        return !issues && Secrets.FoundIn(answer.Text) is not null ? $"a secret in the body: {answer.Text}"
            : byCookie && answer.Text.Contains(issued![^43..], StringComparison.Ordinal) ? $"the cookie's token in the body: {answer.Text}"
            : answer.Headers.Any(header => header.Name != "Set-Cookie" && Secrets.FoundIn(header.Value) is not null) ? "a secret in a header"
            : null;
    }

    private void Remember(FuzzAnswer answer, string token)
    {
        if (Memory.Find(token.Split('.')[0]) is { } known)
        {
            if (known.Token != token)
            {
                known.OldTokens.Add(known.Token);
                known.Token = token;
            }

            return;
        }

        var user = answer.Json is { ValueKind: JsonValueKind.Object } ? answer.TextOf("user") : null;
        FuzzLessons.SignedIn(user, Memory);
        // Other lanes may use a user that came about by chance.
        var shared = user is not null && !Memory.Users.Contains(user);
        Memory.Add(new FuzzSession(token, user) { State = shared ? FuzzState.Unsure : FuzzState.Live });
    }
}
