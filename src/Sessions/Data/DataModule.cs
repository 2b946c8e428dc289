using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Use;

namespace Sessions.Data;

internal static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services) => services.AddSingleton(provider => new HolderData(
        provider.GetRequiredService<HolderAccess>(),
        provider.GetRequiredService<IOptions<SizeOptions>>()));
}
