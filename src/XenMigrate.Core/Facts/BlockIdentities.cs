namespace XenMigrate.Facts;

/// <summary>What a block device is known by, as KIND=value: what lsblk, dmsetup, the kernel and its name tell; and a file of ceph.</summary>
internal static class BlockIdentities
{
    /// <summary>The world-wide name of a disk below the device, or a question mark.</summary>
    public const string Disk = "DISK";

    /// <summary>The world-wide name that lsblk gives the device itself.</summary>
    public const string Wwn = "WWN";

    public const string Serial = "SERIAL";

    public const string FileSystem = "UUID";

    /// <summary>The uuid of a mapping; a program's name before a dash begins it.</summary>
    public const string Mapping = "DM";

    /// <summary>Where a partition begins on its disk, and how long it is.</summary>
    public const string Partition = "PART";

    /// <summary>The level of an array of the kernel's.</summary>
    public const string Array = "MD";

    /// <summary>The cluster, the pool and its namespace that hold a file's objects, which are called by its inode.</summary>
    public const string Ceph = "CEPH";

    // DRBD keeps one volume on a disk of each host's own: what lies below it tells nothing of it.
    // Kernels before 2.6.27 keep partitions below their disks; those before 3.15 leave the name of a disk to scsi_id.
    internal const string AllScript =
        """
        place() { for d in "/sys/class/block/$1" "/sys/block/$1" /sys/block/*/"$1"; do [ -e "$d/dev" ] && { readlink -f "$d"; return; }; done; }
        scsi() { for t in /lib/udev/scsi_id /usr/lib/udev/scsi_id /sbin/scsi_id; do [ -x "$t" ] && { "$t" -g -u -d "/dev/$1" || "$t" -g -u -s "/block/$1"; } 2>/dev/null && return; done; }
        below() {
          d=$(place "$1"); [ -n "$d" ] || { echo "DISK=?"; return; }
          case $1 in drbd*) echo "DISK=?"; return;; esac
          [ -s "$d/dm/uuid" ] && echo "DM=$(cat "$d/dm/uuid")"
          [ -s "$d/md/level" ] && echo "MD=$(cat "$d/md/level")"
          if [ -n "$(ls "$d/slaves" 2>/dev/null)" ]; then for s in "$d"/slaves/*; do (below "${s##*/}"); done; return; fi
          up=${d%/*}
          if [ -e "$up/dev" ] && [ -e "$d/start" ]; then echo "PART=$(cat "$d/start")+$(cat "$d/size")"; below "${up##*/}"; return; fi
          w=$(cat "$d/wwid" 2>/dev/null || cat "$d/device/wwid" 2>/dev/null || scsi "$1")
          echo "DISK=$(printf %s "${w:-?}" | tr -s ' \t' __)"
        }
        attribute() { getfattr --absolute-names --only-values -n "ceph.$1" -- "$2" 2>/dev/null; }
        [ -b "$1" ] || {
          f=$(attribute cluster_fsid "$1") && p=$(attribute file.layout.pool "$1") && [ -n "$f$p" ] && echo "CEPH=$f/$p/$(attribute file.layout.pool_namespace "$1")"
          exit 0
        }
        lsblk -d -n -P -o WWN,SERIAL,UUID -- "$1" 2>/dev/null
        u=$(dmsetup info -c --noheadings -o uuid "$1" 2>/dev/null) && [ -n "$u" ] && echo "DM=$u"
        n=$(readlink -f -- "$1"); n=$(printf %s "${n#/dev/}" | tr / '!')
        case $n in mapper!*) m=$(stat -L -c '%t %T' -- "$1"); n=dm-$((0x${m#* }));; esac
        below "$n"
        """;

    private static readonly Regex s_pairs = new(@"^((WWN|SERIAL|UUID)=""[^""\n]*""[ ]*)+$", RegexOptions.CultureInvariant);

    private static readonly Regex s_pair = new(@"[A-Z]+=""[^""]+""", RegexOptions.CultureInvariant);

    // "LVM-…", "mpath-3600…", "CRYPT-LUKS1-…": a mapping's uuid begins with the name of the program that made it.
    private static readonly Regex s_below = new(@"^(?:(?:DISK|MD)=[^\s\0]{1,200}|DM=[A-Za-z0-9_]+-[^\s\0]{1,128}|PART=\d{1,20}\+\d{1,20}|CEPH=[0-9a-f-]{36}/[^\s\0/]{1,100}/[^\s\0]{0,100})$", RegexOptions.CultureInvariant);

    // udev makes these links of what the disk itself says.
    private static readonly Regex s_named = new(
        @"^/dev/disk/by-id/(?:scsi-|wwn-|dm-uuid-mpath-|nvme-)(?<name>(?:0x|eui\.|[23])[0-9a-f]{14,32})(?<part>-part\d+)?$",
        RegexOptions.CultureInvariant);

    /// <summary>Asks for all of it at once; what is no block device says nothing.</summary>
    public static RemoteCommand Command(string path) => RemoteCommand.Script(AllScript, path);

    /// <summary>Reads lsblk's KEY="value" pairs, and lines KIND=value. Two hosts may say the same of anything else.</summary>
    public static IEnumerable<string> Parse(string output)
    {
        string[] lines = [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.Length <= OutputLines.Longest)];
        string[] pairs = [.. lines.Where(line => s_pairs.IsMatch(line))];
        return
        [
            // Of two devices lsblk was not asked.
            .. pairs.Length == 1 ? s_pair.Matches(pairs[0]).Cast<Match>().Select(match => match.Value.Replace("\"", "")) : [],
            .. lines.Where(line => s_below.IsMatch(line)),
        ];
    }

    /// <summary>What a name below /dev/disk/by-id tells of a whole disk.</summary>
    public static IEnumerable<string> OfName(string path) =>
        s_named.Match(path) is { Success: true } name && !name.Groups["part"].Success ? [$"{Wwn}={name.Groups["name"].Value}"] : [];

    public static string Kind(string identity) => identity.Split('=')[0];

    public static string Value(string identity) => identity.Substring(identity.IndexOf('=') + 1);
}
