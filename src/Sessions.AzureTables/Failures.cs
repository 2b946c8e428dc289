using Azure;
using Azure.Identity;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>
/// What the client throws, in the words of the contract: a conflict is an answer, the rest is a service that can't be used now.
/// </summary>
internal static class Failures
{
    public static RowConflict? ConflictOf(RequestFailedException e) => e.Status switch
    {
        404 => RowConflict.Missing,
        409 => RowConflict.Exists,
        412 => RowConflict.Changed,
        _ => null,
    };

    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException e) when (IsUnavailable(e))
        {
            throw new StorageUnavailableException($"The table service answered {e.Status} {e.ErrorCode}.", e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new StorageUnavailableException("No token could be had for the table service.", e);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is RequestFailedException or OperationCanceledException))
        {
            throw new StorageUnavailableException("The table service couldn't be reached, after retries.", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The table service didn't answer in time.", e);
        }
    }

    /// <summary>Status 0 is no answer at all; 401 and 403 are a role that is missing or hasn't spread yet.</summary>
    private static bool IsUnavailable(RequestFailedException e) => e.Status is 0 or 401 or 403 or 408 or 429 or >= 500;
}
