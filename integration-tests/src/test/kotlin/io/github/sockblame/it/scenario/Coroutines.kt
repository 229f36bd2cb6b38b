// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario

import java.net.InetSocketAddress
import java.net.Socket
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Forgets one connection in each kind of frame that Kotlin's compiler makes of a coroutine. */
object Coroutines {

    private val held = CopyOnWriteArrayList<Socket>()

    @JvmStatic
    fun main(arguments: Array<String>) {
        Peer.leaving(0).use { peer ->
            runBlocking {
                afterSuspension(peer.address())
                onDispatcher(peer.address())
                async(Dispatchers.Default) { inBuilder(peer.address()) }.await()
            }
            Checkpoint.reached("leaked", held)
        }
    }

    /** Runs on when it is resumed: the frame is that of the continuation. */
    private suspend fun afterSuspension(peer: InetSocketAddress) {
        delay(1)
        forget(Socket(peer.address, peer.port))
        delay(1)
    }

    private suspend fun onDispatcher(peer: InetSocketAddress) {
        withContext(Dispatchers.IO) {
            val socket = Socket(peer.address, peer.port)
            delay(1)
            forget(socket)
        }
    }

    private fun inBuilder(peer: InetSocketAddress) {
        forget(Socket(peer.address, peer.port))
    }

    private fun forget(socket: Socket) {
        held.add(socket)
        check(socket.getInputStream().read() < 0)
    }
}
