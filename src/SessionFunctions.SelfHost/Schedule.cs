using System.Globalization;
using NCrontab;

namespace SessionFunctions.SelfHost;

/// <summary>When a timer is due: NCRONTAB with or without seconds, or a constant interval. UTC, as in Azure.</summary>
/// <remarks>By hand, on the parser that the Functions host uses too (NCrontab): the host's own schedule comes only with the host.</remarks>
internal sealed class Schedule
{
    private readonly Func<DateTime, DateTime> _next;

    private Schedule(Func<DateTime, DateTime> next) => _next = next;

    public static Schedule? TryParse(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
        {
            return interval > TimeSpan.Zero ? new Schedule(from => from + interval) : null;
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 };
        return CrontabSchedule.TryParse(text, options) is { } cron ? new Schedule(cron.GetNextOccurrence) : null;
    }

    /// <summary>The first time after <paramref name="from"/>; far in the future for a day that never comes.</summary>
    public DateTime Next(DateTime from) => DateTime.SpecifyKind(_next(from), DateTimeKind.Utc);
}
