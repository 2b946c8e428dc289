namespace Sessions;

internal static class SizeRule
{
    public static Refusal? Check(string what, SessionData data, int max) => data.Size > max
        ? Refusal.TooLarge($"The {what} would have {data.Size} bytes of JSON; at most {max} are allowed.")
        : null;
}
