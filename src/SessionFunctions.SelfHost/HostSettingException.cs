namespace SessionFunctions.SelfHost;

/// <summary>A setting or a function that can't be hosted. The message says what to change.</summary>
internal sealed class HostSettingException(string message, Exception? inner = null) : Exception(message, inner);
