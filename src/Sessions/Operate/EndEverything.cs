using Microsoft.Extensions.Logging;
using Sessions.Rows;

namespace Sessions.Operate;

/// <summary>Ends every session there is. Rows stay until the cleanup comes by; nothing opens them meanwhile.</summary>
public sealed class EndEverything
{
    private readonly NotBeforeMark _mark;
    private readonly TimeProvider _time;
    private readonly ILogger<EndEverything> _log;

    internal EndEverything(NotBeforeMark mark, TimeProvider time, ILogger<EndEverything> log) => (_mark, _time, _log) = (mark, time, log);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var mark = await _mark.SetAsync(_time.Now(), cancellation);
        _log.EndedEverything(mark);
    }
}
