namespace SessionFunctions.SelfHost;

/// <summary>App settings are environment variables in Azure, where a colon is written as two underscores.</summary>
internal static class SettingName
{
    public static string Normalise(string name) => name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
}
