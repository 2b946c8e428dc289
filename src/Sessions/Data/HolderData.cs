using Microsoft.Extensions.Options;
using Sessions.Use;

namespace Sessions.Data;

/// <summary>What changes the data. Done again on newer data where another write comes in between.</summary>
public delegate Result<SessionData> DataChange(SessionData data);

/// <summary>What a holder keeps in the session.</summary>
public sealed class HolderData
{
    private readonly HolderAccess _access;
    private readonly SizeOptions _sizes;

    internal HolderData(HolderAccess access, IOptions<SizeOptions> sizes) => (_access, _sizes) = (access, sizes.Value);

    /// <summary>
    /// Changes the data as it is at that moment. A change is a use, but the stored deadline covers it for a while: until that is over, the
    /// session's row alone is written.
    /// </summary>
    /// <param name="token">Shows the session.</param>
    /// <param name="condition">Which versions may be changed.</param>
    /// <param name="change">What to change.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="key">By which the caller may make the same change again.</param>
    public Task<Result<Session>> ChangeAsync(
        SessionToken token, VersionCondition condition, DataChange change, CancellationToken cancellation, IdempotencyKey? key = null) =>
        _access.UseAsync(
            token,
            (session, now) => DataRules.Change(session, condition, change, _sizes)
                .Then<Session>(changed => changed.Slide(now)),
            cancellation,
            key);
}
