using System.Buffers.Text;
using System.Security.Cryptography;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>What the log tells of sessions, and what it never does, at every level.</summary>
public sealed class LogTests() : OperatorSuite(Storage.Azurite)
{
    [Fact]
    public async Task Each_thing_that_happens_to_a_session_is_a_line_with_its_id()
    {
        var anonymous = await Api.BearerAsync();
        var signedIn = await SignedInAsync(anonymous, "ada");
        var rotated = await signedIn.RotatedAsync();
        var sibling = await Operator.CreateAsync("ada");
        await rotated.SendAsync("DELETE", "sessions/current/siblings");
        var ended = await Operator.CreateAsync("bob");
        await Operator.SendAsync("DELETE", $"manage/sessions/{ended.Sid}");
        var everywhere = await Operator.CreateAsync("carol");
        await Operator.EndAsync("carol");
        var loggedOut = await Api.CookieAsync();
        (await loggedOut.LogOutAsync()).Is(204);
        Api.Clock.Advance(TimeSpan.FromSeconds(30));
        (await signedIn.ReadAsync()).Is(401);
        (await Operator.SendAsync("POST", "manage/end-everything", """{"confirm":"end-everything"}""")).Is(204);

        string[] lines =
        [
            $"Information Session {anonymous.Sid} created (persistent: False, signed in: False)",
            $"Information Session {anonymous.Sid} signed in; it goes on as {signedIn.Sid}",
            $"Information Session {signedIn.Sid} rotated",
            $"Information Session {sibling.Sid} created (persistent: False, signed in: True)",
            $"Information Session {sibling.Sid} ended by {signedIn.Sid} of the same user",
            $"Information Session {ended.Sid} ended by the operator",
            $"Information Session {everywhere.Sid} ended by the operator",
            $"Information Session {loggedOut.Sid} ended by its holder",
            $"Warning Session {signedIn.Sid} ended: a token was used again after it had been rotated away",
            "Warning Every session created up to 2030-01-01T00:00:35",
        ];
        Assert.All(lines, line => Assert.Contains(line, Api.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_line_has_a_token_a_ticket_a_hash_the_function_key_or_anything_of_data_and_claims()
    {
        const string Body = """{"user":"ada","claims":{"claim-name":"claim-value"}}""";
        var secrets = new List<string>();
        foreach (var byCookie in (bool[])[true, false])
        {
            var anonymous = await HolderAsync(byCookie, """{"data-name":"data-value"}""");
            (await anonymous.PatchAsync("""{"data-name":"data-value"}""")).Is(200);
            (await anonymous.PutAsync("""{"data-name":1,"data-name":2}""")).Is(400);
            (await anonymous.TouchAsync()).Is(204);
            (await Api.SendAsync(new Request("GET", "sessions/current") { Bearer = $"{anonymous.Token}+" })).Is(401);
            var (loggedOut, replayed) = (await HolderAsync(byCookie), await HolderAsync(byCookie));
            (await loggedOut.LogOutAsync()).Is(204);
            var rotated = await replayed.RotatedAsync();
            (await rotated.ReadAsync()).Is(200);
            Api.Clock.Advance(TimeSpan.FromSeconds(30));
            (await replayed.ReadAsync()).Is(401);
            var ticket = await Operator.TicketAsync(anonymous.Sid, "ada", ""","claims":{"claim-name":"claim-value"}""");
            (await RedeemAsync(anonymous, ticket[1..])).Is(422);
            var answer = (await RedeemAsync(anonymous, ticket)).Is(200);
            var signedIn = anonymous with { Token = (byCookie ? answer.CookieToken : answer.Token)! };
            var created = new Holder(Api, (await Operator.SendAsync("POST", "manage/sessions", Body)).Is(201).Token!, ByCookie: false);
            var movedTo = (await Operator.SendAsync("POST", $"manage/sessions/{created.Sid}/sign-in", Body)).Is(200);
            var moved = created with { Token = movedTo.Token! };
            await Operator.IntrospectAsync(moved.Token, ""","touch":true""");
            await Operator.IntrospectAsync($"{moved.Token}A");
            await Operator.SendAsync("PATCH", $"manage/sessions/{moved.Sid}/claims", """{"claim-name":"claim-value"}""");
            await Operator.ListAsync("ada");
            await Operator.EndAsync("ada");
            Holder[] holders = [anonymous, loggedOut, replayed, rotated, signedIn, created, moved];
            secrets.AddRange(holders.Select(holder => holder.Secret).Append(ticket));
        }

        string[] never = ["data-name", "data-value", "claim-name", "claim-value", Api.FunctionKey];
        var log = Api.Log;
        string[] all = [.. never, .. secrets, .. secrets.SelectMany(HashesOf)];
        Assert.All(all, text => Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> HashesOf(string secret)
    {
        var hash = SHA256.HashData(Base64Url.DecodeFromChars(secret));
        return [Convert.ToHexString(hash), Convert.ToBase64String(hash), Base64Url.EncodeToString(hash)];
    }
}
