using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SessionFunctions.Entry;

/// <summary>
/// Who a limit counts: an IPv4 address, or the /64 network of an IPv6 address, since a single subscriber has at least that
/// many to call from.
/// </summary>
internal readonly record struct ClientAddress
{
    private const ulong Mapped = 0xFFFF_0000_0000;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly bool _wide;

    private ClientAddress(ulong high, ulong low, bool wide) => (_high, _low, _wide) = (high, low, wide);

    /// <summary>An address that isn't known (a connection that isn't TCP) is one client like any other.</summary>
    public static ClientAddress Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !Normal(address).TryWriteBytes(bytes, out var length))
        {
            return default;
        }

        return length == 4
            ? new ClientAddress(0, Mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes), wide: false)
            : new ClientAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), 0, wide: false);
    }

    /// <summary>The neighbourhood: /16 of an IPv4 address, /32 of an IPv6 address, which is what one network operator holds.</summary>
    public ClientAddress Neighbourhood() => new(_high & 0xFFFF_FFFF_0000_0000, _low & ~0xFFFFUL, wide: true);

    /// <summary>IPv4 as IPv4, also where a socket for both shows it as IPv6.</summary>
    public static IPAddress Normal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
