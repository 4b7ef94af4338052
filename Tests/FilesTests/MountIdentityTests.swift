import Files
import Glibc
import TestSupport
import Testing

struct MountIdentityTests {
    private func mount(
        _ device: UInt64, _ mountPoint: String, _ type: String, _ source: String, id: UInt64 = 0, folder: String = ""
    ) -> MountIdentity {
        MountIdentity(device: device, mountPoint: mountPoint, type: type, source: source, id: id, folder: folder)
    }

    @Test func aFolderStaysOnItsFileSystem() throws {
        let folder = try TemporaryFolder()
        let remembered = try MountIdentity.of(folder: folder.path)
        #expect(try MountIdentity.of(folder: folder.path) == remembered)
        #expect(try MountIdentity.of(folder: folder.path).change(since: remembered) == .unchanged)
        #expect(try Files.identity(of: folder.path)?.device == remembered.device)
        #expect(throws: FileError(.open, path: folder.path("none"), code: ENOENT)) {
            try MountIdentity.of(folder: folder.path("none"))
        }
    }

    @Test func aShareThatComesBackIsTheSame() {
        let remembered = mount(45, "/srv/in", "nfs4", "server:/in")
        #expect(mount(51, "/srv/in", "nfs4", "server:/in").change(since: remembered) == .unchanged)
        #expect(mount(51, "/srv/in", "nfs4", "server:/out").change(since: remembered) == .gone)
        #expect(mount(45, "/", "ext4", "/dev/sda1").change(since: remembered) == .gone)
    }

    @Test func aDiskThatIsMountedElsewhereIsTheSame() {
        let remembered = mount(2049, "/srv/in", "ext4", "/dev/sda1", id: 77, folder: "/")
        #expect(mount(2065, "/data", "ext4", "/dev/sdb1", id: 77, folder: "/").change(since: remembered) == .unchanged)
        #expect(mount(2065, "/data", "ext4", "/dev/sdb1", id: 78, folder: "/").change(since: remembered) == .gone)
        #expect(mount(2065, "/data", "ext4", "/dev/sdb1", id: 77, folder: "/x").change(since: remembered) == .gone)
        #expect(mount(2065, "/data", "xfs", "/dev/sdb1", id: 77, folder: "/").change(since: remembered) == .gone)
    }

    @Test func aMountOnTopIsTold() {
        let remembered = mount(1, "/", "ext4", "/dev/sda1")
        #expect(mount(2, "/srv/in", "ext4", "/dev/sdb1").change(since: remembered) == .mountedOver)
        let below = mount(1, "/srv", "ext4", "/dev/sda1")
        #expect(mount(2, "/srv2/in", "ext4", "/dev/sdb1").change(since: below) == .gone)
    }

    @Test(arguments: ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse", "9p", "ceph", "virtiofs"])
    func otherHostsWriteUnseen(type: String) {
        #expect(mount(1, "/", type, "x").isRemote)
    }

    @Test(arguments: ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "vfat"])
    func localFileSystemsAreWatched(type: String) {
        #expect(!mount(1, "/", type, "x").isRemote)
    }
}

/// Real mounts.
@Suite(.enabled(if: SmallFileSystem.isPossible, SmallFileSystem.reason))
struct MountChangeTests {
    @Test func unmountingIsNoticedAndMountingAgain() throws {
        let small = try SmallFileSystem()
        let remembered = try MountIdentity.of(folder: small.path)
        #expect(remembered.mountPoint == small.path)
        #expect(remembered.type == "tmpfs")
        #expect(remembered.source == "gleaner-test")
        #expect(remembered.folder == "/")
        small.unmount()
        let bare = try MountIdentity.of(folder: small.path)
        #expect(bare.change(since: remembered) == .gone)
        try small.mount()
        #expect(try MountIdentity.of(folder: small.path).change(since: remembered) == .unchanged)
        #expect(try MountIdentity.of(folder: small.path).change(since: bare) == .mountedOver)
    }

    @Test func asksAboutAFolderWithoutHoldingIt() throws {
        let small = try SmallFileSystem()
        _ = try MountIdentity.of(folder: small.path)
        try Files.write([1], to: small.path + "/a")
        _ = Files.hasWriter(small.path + "/a")
        // A child that another test forked meanwhile may hold what was open then, for as long as it lives.
        let deadline = time(nil) + 60
        while CLibrary.umount2?(small.path, 0) != 0 {
            try #require(errno == EBUSY && time(nil) < deadline)
            usleep(1000)
        }
    }

    @Test func namesOfMountPointsAreUnescaped() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a b\\040\tü")
        try Files.makeFolder(path)
        let small = try SmallFileSystem()
        try SmallFileSystem.bind(small.path, on: path)
        defer { _ = CLibrary.umount2?(path, 2) }
        #expect(try MountIdentity.of(folder: path).mountPoint == path)
    }

    @Test func aBindMountThatIsGoneIsNoticedThoughItsDeviceIsTheSame() throws {
        let folder = try TemporaryFolder()
        for name in ["data/deep", "inbox"] { try Files.makeFolder(folder.path(name)) }
        let bare = try MountIdentity.of(folder: folder.path("inbox"))
        try SmallFileSystem.bind(folder.path("data"), on: folder.path("inbox"))
        let bound = try MountIdentity.of(folder: folder.path("inbox"))
        let deep = try MountIdentity.of(folder: folder.path("inbox/deep"))
        #expect(bound.device == bare.device)
        #expect(bound.change(since: bare) == .mountedOver)
        #expect(deep.folder == bound.folder + "/deep")
        #expect(CLibrary.umount2?(folder.path("inbox"), 2) == 0)
        #expect(try MountIdentity.of(folder: folder.path("inbox")).change(since: bound) == .gone)
    }

    /// As a service manager does to make a folder writable in a tree that is not.
    @Test func aFolderBoundToItselfIsUnchanged() throws {
        let folder = try TemporaryFolder()
        let before = try MountIdentity.of(folder: folder.path)
        try SmallFileSystem.bind(folder.path, on: folder.path)
        let bound = try MountIdentity.of(folder: folder.path)
        #expect(CLibrary.umount2?(folder.path, 2) == 0)
        #expect(bound.mountPoint == folder.path)
        #expect(bound.change(since: before) == .unchanged)
        #expect(before.change(since: bound) == .unchanged)
    }
}
