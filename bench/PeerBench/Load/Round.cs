using System.Diagnostics;
using System.Net.Sockets;

namespace PeerBench.Load;

/// <summary>What a round has measured.</summary>
/// <param name="PerSecond">Requests answered.</param>
/// <param name="P50">Half of them within so many microseconds.</param>
/// <param name="P99">99 of 100 within so many microseconds.</param>
/// <param name="Requests">How many there were.</param>
internal sealed record Round(double PerSecond, double P50, double P99, int Requests)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>
    /// All callers, each on a connection and a thread of its own, without pause. The first answer of each must hold what is expected: who
    /// answers with nothing is fast.
    /// </summary>
    /// <exception cref="PeerFailedException">An answer wasn't 2xx, or there was none.</exception>
    public static Round Run(int port, IReadOnlyList<Caller> callers, byte[] expected, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var failure = default(string);
        var times = callers.Select(_ => new List<long>(64 * 1024)).ToList();
        var threads = callers
            .Select((caller, n) => new Thread(() =>
            {
                if (Call(port, caller, expected, watch, time, times[n]) is { } why)
                {
                    failure = why;
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = watch.Elapsed.TotalSeconds;
        if (failure is not null)
        {
            throw new PeerFailedException(failure);
        }

        long[] all = [.. times.SelectMany(each => each).Order()];
        return new Round(all.Length / seconds, Microseconds(all, 0.50), Microseconds(all, 0.99), all.Length);
    }

    /// <returns>What it failed for.</returns>
    private static string? Call(int port, Caller caller, byte[] expected, Stopwatch watch, TimeSpan time, List<long> times)
    {
        try
        {
            using var connection = new HttpConnection(port, LongestAnswer);
            do
            {
                var request = caller.Next();
                var began = Stopwatch.GetTimestamp();
                var reply = connection.Send(request.Span);
                times.Add(Stopwatch.GetTimestamp() - began);
                if (!reply.IsGood)
                {
                    return $"failed: it answered {reply.Status}";
                }

                if (times.Count == 1 && reply.Body.Span.IndexOf(expected) < 0)
                {
                    return "failed: its answer lacks what was asked for";
                }

                caller.Take(reply);
            }
            while (watch.Elapsed < time);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock
                ? "stalled: no answer for 10 s"
                : $"failed: {e.Message}";
        }
        catch (IOException e)
        {
            return $"failed: {e.Message}";
        }
    }

    private static double Microseconds(long[] sorted, double part) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))] * 1_000_000.0 / Stopwatch.Frequency;
}

/// <summary>A peer can't be measured; the table says why.</summary>
internal sealed class PeerFailedException(string message) : Exception(message);
