using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>
/// What the client throws, in the words of the contract. A conflict is an answer, told by its status and its code: a status alone may
/// also be a proxy's word, or mean another thing (a table that is being deleted is a 409 too). The caller's giving up stays what it is.
/// Anything else is a service that can't be used now.
/// </summary>
/// <remarks>
/// What a service or a proxy answers may hold keys and values of rows, and so may the exceptions about it: neither goes on to a log.
/// Codes: https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
/// </remarks>
internal static class Failures
{
    public static bool IsTableMissing(RequestFailedException e) => e.Status == 404 && e.ErrorCode == TableErrorCode.TableNotFound;

    public static RowConflict? ConflictOf(RequestFailedException e) => (e.Status, e.ErrorCode) switch
    {
        (404, "ResourceNotFound" or "EntityNotFound") => RowConflict.Missing,
        (409, "EntityAlreadyExists") => RowConflict.Exists,
        (412, "UpdateConditionNotSatisfied" or "ConditionNotMet" or null or "") => RowConflict.Changed, // only conditions fail so
        _ => null,
    };

    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The caller has given up.", e, cancellation);
        }
        catch (RequestFailedException e) when (e.Status != 0)
        {
            throw Answered(e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new StorageUnavailableException("No token could be had for the table service.", e);
        }
        catch (OperationCanceledException e)
        {
            throw new StorageUnavailableException("The table service didn't answer in time.", e);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
        {
            throw new StorageUnavailableException("The table service couldn't be reached, after retries.", e);
        }
        catch (Exception e) when (e is not (StorageUnavailableException or OutOfMemoryException))
        {
            throw Unreadable(e);
        }
    }

    public static StorageUnavailableException Answered(RequestFailedException e) =>
        new($"The table service answered {e.Status} {CodeOf(e)}".TrimEnd() + ".");

    private static StorageUnavailableException Unreadable(Exception e) =>
        new($"The table service's answer can't be read ({e.GetType().Name}).");

    /// <summary>The code, if it is one: the text comes from whoever answered.</summary>
    private static string CodeOf(RequestFailedException e) =>
        e.ErrorCode is { Length: <= 64 } code && code.All(char.IsAsciiLetterOrDigit) ? code : "";
}
