namespace SessionFunctions.Tests.Service;

/// <summary>Calls of the operator and of the users whose sessions it manages.</summary>
public abstract class OperatorSuite(Storage storage, params (string Name, string Value)[] settings) : ApiSuite(storage, settings)
{
    protected const string Unknown = "00aaaaaaaaaaaaaaaaaaaaaaaaaa";

    protected Backend Operator => new(Api);

    /// <summary>Redeems a ticket.</summary>
    protected static Task<Answer> RedeemAsync(Holder holder, string ticket) =>
        holder.SendAsync("POST", "sessions/current/sign-in", $$"""{"ticket":"{{ticket}}"}""");

    /// <summary>Signs in with a ticket, from both ends, and is the holder of the new token.</summary>
    protected async Task<Holder> SignedInAsync(Holder holder, string user, string more = "")
    {
        var answer = (await RedeemAsync(holder, await Operator.TicketAsync(holder.Sid, user, more))).Is(200);
        return holder with { Token = (holder.ByCookie ? answer.CookieToken : answer.Token)! };
    }
}
